package unroll.backend;

/**
 * What every backend must do. A backend's test extends this class and says which one it is; the
 * parts below check every operation against plain loops in double precision.
 */
abstract class BackendContract
    implements MemoryContract,
        ElementwiseContract,
        ReductionContract,
        MatrixContract,
        FunctionContract,
        RecurrentContract,
        ParityContract,
        AgreementContract {

  private final Backend backend;

  BackendContract(String name) {
    backend = Backends.named(name);
  }

  @Override
  public Backend backend() {
    return backend;
  }
}
