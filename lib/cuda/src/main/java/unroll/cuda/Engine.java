package unroll.cuda;

/**
 * What every operation works with.
 *
 * @param driver the device
 * @param pool its memory
 * @param staging the way to the host and back
 * @param kernels the own kernels
 * @param blas the products
 */
record Engine(Driver driver, Pool pool, Staging staging, Kernels kernels, Blas blas) {

  static Engine of(CudaSettings settings, KernelCache cache) {
    Driver driver = new Driver(settings.device());
    return new Engine(
        driver,
        new Pool(driver),
        new Staging(driver),
        new Kernels(driver, cache),
        new Blas(driver));
  }

  /** Copies whole numbers to the start of a buffer. */
  void write(int[] from, CudaBuffer to) {
    staging.copyIn(
        from.length,
        (bytes, first, count) -> bytes.asIntBuffer().put(from, first, count),
        to.write());
  }
}
