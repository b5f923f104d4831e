package unroll.backend;

/**
 * A device has gone: unplugged, reset by its driver, or in an error from which only a new process
 * recovers. All that lay on it is lost, and every later call of its backend may throw this again,
 * but {@link Backend#release}, which does nothing then.
 *
 * <p>A training ends with it at the last step that was completed, and can go on from its last
 * checkpoint on another backend.
 */
public final class DeviceLostException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  private final String backend;

  /**
   * @param backend the backend's short name
   * @param reason what the driver says: "unspecified launch failure"
   */
  public DeviceLostException(String backend, String reason) {
    this(backend, reason, null);
  }

  /**
   * @param backend the backend's short name
   * @param reason what the driver says: "unspecified launch failure"
   * @param cause the error of the driver's library, or null
   */
  public DeviceLostException(String backend, String reason, Throwable cause) {
    super(
        "the device of backend '%s' is lost (%s); what lay on it is gone. Go on on another backend, or in a new process"
            .formatted(backend, reason),
        cause);
    this.backend = backend;
  }

  /** The short name of the backend whose device it was. */
  public String backend() {
    return backend;
  }
}
