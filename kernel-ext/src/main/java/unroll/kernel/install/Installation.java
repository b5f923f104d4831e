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
import java.util.Optional;

/**
 * Unroll's kernel in one folder of kernels: {@code kernel.json}, the logos, and a copy of all jars,
 * so that it goes on working when the place it was built in moves or is cleaned.
 *
 * <p>A new installation is made whole beside the old one and then takes its place.
 *
 * @param kernels the folder that holds a folder for each kernel; need not be there yet
 * @param name of the kernel's folder, by which front ends and notebooks know it
 */
public record Installation(Path kernels, String name) {

  private static final String FRESH = ".unroll-new-";
  private static final String OLD = ".unroll-old-";

  private static final List<String> LOGOS =
      List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

  /** An installation whose path does not depend on where the process runs. */
  public Installation {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "kernel name '" + name + "': expected letters, digits, '.', '_' and '-'");
    }
    kernels = kernels.toAbsolutePath().normalize();
  }

  /** The kernel under its own name. */
  public Installation(Path kernels) {
    this(kernels, KernelSpec.NAME);
  }

  /** The kernelspec's folder. */
  public Path folder() {
    return kernels.resolve(name);
  }

  /**
   * Installs the kernel; one that is there is replaced.
   *
   * @throws InstallException if the folder can't be written to, or holds another kernel of the same
   *     name
   */
  public void install(KernelOptions options) throws InstallException {
    requireOurs();
    Path fresh = kernels.resolve(FRESH + ProcessHandle.current().pid());
    try {
      Files.createDirectories(kernels);
      deleteLeftovers();
      delete(fresh);
      Path lib = Files.createDirectories(fresh.resolve("lib"));
      for (Path jar : options.jars()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
      for (String logo : LOGOS) {
        try (InputStream in = Installation.class.getResourceAsStream(logo)) {
          Files.copy(in, fresh.resolve(logo));
        }
      }
      Files.writeString(
          fresh.resolve(KernelSpec.FILE), KernelSpec.of(options, folder(), false).json());
      replaceBy(fresh);
    } catch (IOException e) {
      discard(fresh);
      throw failed("install the kernel in ", e);
    }
  }

  /**
   * Makes the start of the installed kernel quicker: rehearses one, and keeps the classes that it
   * loaded in a file beside {@code kernel.json}. Without it, the kernel works as well.
   *
   * @return why there is no such file; empty where there is one
   */
  public Optional<String> quicken(KernelOptions options) {
    try {
      StartArchive.make(folder(), KernelSpec.of(options, folder(), false));
      Path spec = folder().resolve(KernelSpec.FILE + ".new");
      Files.writeString(spec, KernelSpec.of(options, folder(), true).json());
      Files.move(spec, folder().resolve(KernelSpec.FILE), StandardCopyOption.REPLACE_EXISTING);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** What was left by an installation that was killed. */
  private void deleteLeftovers() throws IOException {
    if (!Files.isDirectory(kernels)) {
      return;
    }
    try (var folders = Files.newDirectoryStream(kernels, ".unroll-{new,old}-*")) {
      for (Path each : folders) {
        String pid = each.getFileName().toString().replaceFirst(".*-", "");
        boolean alive =
            pid.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
        if (!alive) {
          delete(each);
        }
      }
    }
  }

  private void replaceBy(Path fresh) throws IOException {
    Path old = kernels.resolve(OLD + ProcessHandle.current().pid());
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
      deleteLeftovers();
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
            ? "no permission to write there, or (on Windows) a kernel that runs holds it open;"
                + " --user installs for you alone"
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
