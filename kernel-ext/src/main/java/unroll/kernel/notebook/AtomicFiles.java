package unroll.kernel.notebook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that are there whole or not at all. */
public final class AtomicFiles {

  private AtomicFiles() {}

  /**
   * Writes a text beside its place, then moves it there.
   *
   * @param file what to write; one that is there is replaced
   * @param text written as UTF-8
   * @throws NotebookException if the folder can't be written to
   */
  public static void write(Path file, String text) throws NotebookException {
    Path folder = file.toAbsolutePath().getParent();
    Path part = null;
    try {
      part = temporary(folder);
      Files.writeString(part, text, StandardCharsets.UTF_8);
      readableByAll(part);
      move(part, file);
    } catch (IOException e) {
      discard(part);
      throw new NotebookException("cannot write " + file + ": " + reason(e), e);
    }
  }

  /**
   * Makes a folder where there is none, and sees whether a file can be written in it.
   *
   * @param folder where files will go
   * @throws NotebookException if it can't be made or written to
   */
  public static void requireWritable(Path folder) throws NotebookException {
    try {
      Files.createDirectories(folder);
      Files.delete(temporary(folder));
    } catch (FileAlreadyExistsException e) {
      throw new NotebookException(
          "cannot write in " + folder + ": " + e.getFile() + " is no folder", e);
    } catch (IOException e) {
      throw new NotebookException("cannot write in " + folder + ": " + reason(e), e);
    }
  }

  private static Path temporary(Path folder) throws IOException {
    return Files.createTempFile(folder, ".unroll-", ".part");
  }

  /** Temporary files are private; a report is an ordinary file. */
  private static void readableByAll(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void discard(Path part) {
    if (part != null) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        part.toFile().deleteOnExit();
      }
    }
  }

  /** What a file system's error means, without the name of a Java class. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such folder, and none can be made";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String said = e.getMessage() == null ? "" : ", " + e.getMessage();
    return e.getClass().getSimpleName().replace("Exception", "") + said;
  }
}
