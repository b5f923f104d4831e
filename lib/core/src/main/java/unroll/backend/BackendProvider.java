package unroll.backend;

/**
 * Makes a backend where it can run; found by {@link java.util.ServiceLoader}. Asking for its
 * availability must be cheap and must not throw.
 */
public interface BackendProvider {

  /** The backend's short name. */
  String name();

  /** One line on what it is, with its precision. */
  String description();

  /**
   * Why the backend cannot run here and what to do about it, or null if it can run: "no CUDA
   * device; ...".
   */
  String missing();

  /**
   * The backend; called once at most.
   *
   * @throws IllegalStateException if it cannot run here, saying what to do
   */
  Backend create();
}
