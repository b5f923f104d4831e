package unroll.kernel.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/**
 * Unroll's kernel in one folder of kernels: {@code kernel.json}, the logos, and a copy of all jars,
 * so that it goes on working when the place it was built in moves or is cleaned.
 *
 * <p>A new installation is made whole beside the old one and then takes its place.
 *
 * @param kernels the folder that holds a folder for each kernel; need not be there yet
 */
public record Installation(Path kernels) {

  private static final List<String> LOGOS =
      List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

  /** An installation whose path does not depend on where the process runs. */
  public Installation {
    kernels = kernels.toAbsolutePath().normalize();
  }

  /** The kernelspec's folder. */
  public Path folder() {
    return kernels.resolve(KernelSpec.NAME);
  }

  /**
   * Installs the kernel; one that is there is replaced.
   *
   * @param java the program that will run it
   * @param vector whether that Java has the module {@code jdk.incubator.vector}
   * @param jars the kernel's class path
   * @throws InstallException if the folder can't be written to, or holds another kernel of the same
   *     name
   */
  public void install(Path java, boolean vector, List<Path> jars) throws InstallException {
    requireOurs();
    Path fresh = kernels.resolve(".unroll-new-" + ProcessHandle.current().pid());
    try {
      Files.createDirectories(kernels);
      delete(fresh);
      Path lib = Files.createDirectories(fresh.resolve("lib"));
      for (Path jar : jars) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
      for (String logo : LOGOS) {
        try (InputStream in = Installation.class.getResourceAsStream(logo)) {
          Files.copy(in, fresh.resolve(logo));
        }
      }
      Files.writeString(
          fresh.resolve(KernelSpec.FILE), KernelSpec.of(java, folder(), vector).json());
      replaceBy(fresh);
    } catch (IOException e) {
      discard(fresh);
      throw failed("install the kernel in ", e);
    }
  }

  private void replaceBy(Path fresh) throws IOException {
    Path old = kernels.resolve(".unroll-old-" + ProcessHandle.current().pid());
    delete(old);
    boolean replaces = Files.exists(folder(), LinkOption.NOFOLLOW_LINKS);
    if (replaces) {
      Files.move(folder(), old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(fresh, folder(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, folder(), StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
    delete(old);
  }

  /**
   * Removes the kernel, and with it all that {@link #install} wrote.
   *
   * @return whether there was one
   * @throws InstallException if it can't be removed, or the folder holds another kernel
   */
  public boolean uninstall() throws InstallException {
    if (!Files.exists(folder(), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    requireOurs();
    try {
      delete(folder());
      return true;
    } catch (IOException e) {
      throw failed("remove ", e);
    }
  }

  /** A folder of our name that starts something else is somebody's own work. */
  private void requireOurs() throws InstallException {
    boolean foreign = KernelSpec.read(folder()).map(spec -> !spec.isUnroll()).orElse(false);
    if (foreign) {
      throw new InstallException(
          folder() + " holds another kernel of the same name; move it away first");
    }
  }

  private InstallException failed(String what, IOException e) {
    String reason =
        e instanceof AccessDeniedException
            ? "no permission to write there; --user installs for you alone"
            : e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    return new InstallException("cannot " + what + folder() + ": " + reason, e);
  }

  private static void discard(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // the message that follows names the folder in which the rest lies
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
