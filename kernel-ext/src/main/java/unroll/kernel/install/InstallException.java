package unroll.kernel.install;

/** A kernel that cannot be installed or removed; the message says where, why, and the mend. */
public final class InstallException extends Exception {

  private static final long serialVersionUID = 1L;

  InstallException(String message) {
    super(message);
  }

  InstallException(String message, Throwable cause) {
    super(message, cause);
  }
}
