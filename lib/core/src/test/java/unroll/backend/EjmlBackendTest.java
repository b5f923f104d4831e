package unroll.backend;

class EjmlBackendTest extends BackendContract {

  EjmlBackendTest() {
    super("ejml");
  }
}
