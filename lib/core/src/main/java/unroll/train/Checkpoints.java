package unroll.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import unroll.io.SafeTensors;
import unroll.io.SafeTensorsException;

/**
 * The checkpoints of a training: one in memory, or the file of one. That is replaced as a whole, so
 * that there is a complete one at any moment; the one before stays beside it, with {@code
 * .previous} at the end of its name.
 */
final class Checkpoints {

  private final Saving saving;
  private long writtenAt = System.nanoTime();
  private long stepsThen;
  private SafeTensors kept;

  Checkpoints(Saving saving) {
    this.saving = saving;
  }

  /** The file, or null where they are kept in memory. */
  Path file() {
    return saving.file();
  }

  private Path previous() {
    return file().resolveSibling(file().getFileName() + ".previous");
  }

  /**
   * Goes on from the file where it is there.
   *
   * @return whether it was
   * @throws IllegalStateException if the file is damaged, or of another training; nothing has been
   *     changed in the files then
   */
  boolean load(Learning learning, Pace pace) {
    if (file() == null ? kept == null : !Files.exists(file())) {
      return false;
    }
    SafeTensors contents = file() == null ? kept : read();
    String difference = Checkpoint.difference(contents, learning);
    if (!difference.isEmpty()) {
      throw other(difference, null);
    }
    Weights before = new Weights(learning.parameters);
    try {
      pace.nanos(Checkpoint.restore(contents, learning));
    } catch (IllegalArgumentException e) {
      before.restore();
      throw other(e.getMessage(), e);
    }
    stepsThen = learning.steps;
    return true;
  }

  private SafeTensors read() {
    try {
      SafeTensors contents = SafeTensors.read(file());
      Checkpoint.check(contents);
      return contents;
    } catch (SafeTensorsException | IllegalArgumentException e) {
      String mend =
          Files.exists(previous())
              ? "the one before is there: move %s over it to go on from that".formatted(previous())
              : "delete it to start anew";
      throw new IllegalStateException(
          "fit: the checkpoint %s is damaged (%s); %s".formatted(file(), e.getMessage(), mend), e);
    } catch (IOException e) {
      throw new UncheckedIOException("fit: the checkpoint " + file() + " cannot be read", e);
    }
  }

  private IllegalStateException other(String difference, Exception cause) {
    return new IllegalStateException(
        "fit: the checkpoint %s is of another training: %s; use another file, or delete it to start anew"
            .formatted(file(), difference),
        cause);
  }

  /** Removes what a killed process left half written, and writes a first checkpoint. */
  void begin(Learning learning, Pace pace) {
    if (file() != null) {
      clearUp();
    }
    write(learning, pace);
  }

  private void clearUp() {
    String unfinished = file().getFileName() + ".*.tmp";
    Path folder = file().toAbsolutePath().getParent();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, escape(unfinished))) {
        for (Path path : left) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("fit: cannot clear up beside the checkpoint " + file(), e);
      }
    }
  }

  private static String escape(String glob) {
    return glob.replaceAll("[\\[\\]{}?\\\\]", "\\\\$0");
  }

  /** The step that the last one was taken after. */
  long steps() {
    return stepsThen;
  }

  /** Writes if it is time to. */
  void afterStep(Learning learning, Pace pace) {
    boolean time = System.nanoTime() - writtenAt >= saving.everyNanos();
    if (time || learning.steps - stepsThen >= saving.everySteps()) {
      write(learning, pace);
    }
  }

  /** Writes now. */
  void write(Learning learning, Pace pace) {
    try {
      SafeTensors contents = Checkpoint.of(learning, pace.nanos());
      if (file() == null) {
        kept = contents;
      } else {
        keepPrevious();
        contents.write(file());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("fit: the checkpoint " + file() + " cannot be written", e);
    }
    writtenAt = System.nanoTime();
    stepsThen = learning.steps;
  }

  /** Gives the present file a second name, under which it stays when it is replaced. */
  private void keepPrevious() throws IOException {
    if (!Files.exists(file())) {
      return;
    }
    Path beside = file().resolveSibling(file().getFileName() + ".previous.tmp");
    try {
      Files.deleteIfExists(beside);
      try {
        Files.createLink(beside, file());
      } catch (IOException | UnsupportedOperationException e) {
        Files.copy(file(), beside, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(beside, previous(), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
