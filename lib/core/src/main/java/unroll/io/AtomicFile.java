package unroll.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that it is there complete, or as it was before. */
public final class AtomicFile {

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes beside the file, then puts the new one in its place; an interrupted thread does so too.
   *
   * @throws IOException if it cannot be written; what was there before is untouched
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + " (folder of " + file + "; create it first)");
    }
    String name = target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp";
    Path beside = folder.resolve(name);
    try {
      try (FileOutputStream raw = new FileOutputStream(beside.toFile())) {
        OutputStream out = new BufferedOutputStream(raw, 1 << 16);
        content.writeTo(out);
        out.flush();
        raw.getFD().sync();
      }
      move(beside, target);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
