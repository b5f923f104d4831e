package unroll.backend;

class CpuBackendTest extends BackendContract {

  CpuBackendTest() {
    super("cpu");
  }
}
