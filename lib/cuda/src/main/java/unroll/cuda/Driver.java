package unroll.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_ASSERT;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_CONTEXT_IS_DESTROYED;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_DEINITIALIZED;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_DEVICE_UNAVAILABLE;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_ECC_UNCORRECTABLE;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_HARDWARE_STACK_ERROR;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_ILLEGAL_ADDRESS;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_ILLEGAL_INSTRUCTION;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_INVALID_ADDRESS_SPACE;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_INVALID_PC;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_LAUNCH_FAILED;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_LAUNCH_TIMEOUT;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_MISALIGNED_ADDRESS;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_NO_DEVICE;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_NVLINK_UNCORRECTABLE;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_OUT_OF_MEMORY;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_UNKNOWN;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import unroll.backend.DeviceLostException;

/**
 * One GPU with one stream, through CUDA's driver interface. Whatever is asked for runs in the order
 * of asking; the host waits only in {@link #finish} and where numbers come back. Every method may
 * be called by any thread; the callers' order is that in which they get the lock, this object.
 */
final class Driver {

  /** After these nothing works any more in this process. */
  private static final Set<Integer> LOST =
      Set.of(
          CUDA_ERROR_DEINITIALIZED,
          CUDA_ERROR_DEVICE_UNAVAILABLE,
          CUDA_ERROR_NO_DEVICE,
          CUDA_ERROR_ECC_UNCORRECTABLE,
          CUDA_ERROR_NVLINK_UNCORRECTABLE,
          CUDA_ERROR_ILLEGAL_ADDRESS,
          CUDA_ERROR_LAUNCH_TIMEOUT,
          CUDA_ERROR_CONTEXT_IS_DESTROYED,
          CUDA_ERROR_ASSERT,
          CUDA_ERROR_HARDWARE_STACK_ERROR,
          CUDA_ERROR_ILLEGAL_INSTRUCTION,
          CUDA_ERROR_MISALIGNED_ADDRESS,
          CUDA_ERROR_INVALID_ADDRESS_SPACE,
          CUDA_ERROR_INVALID_PC,
          CUDA_ERROR_LAUNCH_FAILED,
          CUDA_ERROR_UNKNOWN);

  private final int device;
  private final CUctx_st context = new CUctx_st();
  private final CUstream_st stream = new CUstream_st();
  private final ThreadLocal<Boolean> bound = ThreadLocal.withInitial(() -> false);
  private String lost;

  Driver(int index) {
    int[] found = new int[1];
    check(cudart.cuInit(0), "cuInit");
    check(cudart.cuDeviceGet(found, index), "cuDeviceGet");
    device = found[0];
    check(cudart.cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
    enter();
    check(cudart.cuStreamCreate(stream, CU_STREAM_NON_BLOCKING), "cuStreamCreate");
  }

  /**
   * Makes the device the calling thread's; before every call, under the lock.
   *
   * @throws DeviceLostException if it has gone
   */
  void enter() {
    if (lost != null) {
      throw new DeviceLostException("cuda", lost);
    }
    if (!bound.get()) {
      check(cudart.cuCtxSetCurrent(context), "cuCtxSetCurrent");
      bound.set(true);
    }
  }

  CUstream_st stream() {
    return stream;
  }

  /** The device's name: "NVIDIA H100 80GB HBM3". */
  String name() {
    byte[] name = new byte[256];
    check(cudart.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return new String(name, 0, end, StandardCharsets.UTF_8);
  }

  /** Its compute capability, 90 for 9.0. */
  int capability() {
    return 10 * attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
        + attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
  }

  private int attribute(int which) {
    int[] value = new int[1];
    check(cudart.cuDeviceGetAttribute(value, which, device), "cuDeviceGetAttribute");
    return value[0];
  }

  /** The CUDA version of the driver, 13000 for 13.0. */
  int version() {
    int[] version = new int[1];
    check(cudart.cuDriverGetVersion(version), "cuDriverGetVersion");
    return version[0];
  }

  /** Bytes that are free, and bytes that there are. */
  synchronized long[] memory() {
    enter();
    try (SizeTPointer free = new SizeTPointer(1);
        SizeTPointer total = new SizeTPointer(1)) {
      check(cudart.cuMemGetInfo(free, total), "cuMemGetInfo");
      return new long[] {free.get(), total.get()};
    }
  }

  /** The address of new memory, or 0 where there is no room. */
  synchronized long allocate(long bytes) {
    enter();
    long[] address = new long[1];
    int status = cudart.cuMemAlloc(address, bytes);
    if (status == CUDA_ERROR_OUT_OF_MEMORY) {
      return 0;
    }
    check(status, "cuMemAlloc");
    return address[0];
  }

  /** Gives memory back to the device, after all that was asked for. */
  synchronized void free(long address) {
    finish();
    check(cudart.cuMemFree(address), "cuMemFree");
  }

  /** Waits until all that was asked for is done. */
  synchronized void finish() {
    enter();
    check(cudart.cuStreamSynchronize(stream), "cuStreamSynchronize");
  }

  /** Sets 32-bit words. */
  synchronized void fill(long to, int word, long count) {
    enter();
    check(cudart.cuMemsetD32Async(to, word, count, stream), "cuMemsetD32Async");
  }

  synchronized void copy(long from, long to, long bytes) {
    enter();
    check(cudart.cuMemcpyDtoDAsync(to, from, bytes, stream), "cuMemcpyDtoDAsync");
  }

  /** From page-locked host memory, which must stay as it is until the next {@link #finish}. */
  synchronized void copyIn(Address from, long to, long bytes) {
    enter();
    check(cudart.cuMemcpyHtoDAsync(to, from, bytes, stream), "cuMemcpyHtoDAsync");
  }

  /** To page-locked host memory; waits. */
  synchronized void copyOut(long from, Address to, long bytes) {
    enter();
    check(cudart.cuMemcpyDtoHAsync(to, from, bytes, stream), "cuMemcpyDtoHAsync");
    finish();
  }

  /** Page-locked host memory. */
  synchronized Address hostMemory(long bytes) {
    enter();
    Address memory = new Address(0);
    check(cudart.cuMemHostAlloc(memory, bytes, 0), "cuMemHostAlloc");
    return memory;
  }

  /** The functions of a compiled module. */
  synchronized CUmod_st load(byte[] module) {
    enter();
    CUmod_st loaded = new CUmod_st();
    try (BytePointer image = new BytePointer(module)) {
      check(cudart.cuModuleLoadData(loaded, image), "cuModuleLoadData");
    }
    return loaded;
  }

  synchronized CUfunc_st function(CUmod_st module, String name) {
    enter();
    CUfunc_st function = new CUfunc_st();
    check(cudart.cuModuleGetFunction(function, module, name), "cuModuleGetFunction " + name);
    return function;
  }

  /** Starts a kernel on a 1-dimensional grid. */
  synchronized void launch(
      String name, CUfunc_st function, int grid, int block, PointerPointer<?> arguments) {
    enter();
    PointerPointer<?> none = null;
    int status =
        cudart.cuLaunchKernel(function, grid, 1, 1, block, 1, 1, 0, stream, arguments, none);
    check(status, "the kernel " + name);
  }

  /**
   * Refuses a status of the driver that is not success.
   *
   * @throws DeviceLostException if the device is lost by it
   * @throws IllegalStateException for any other error
   */
  void check(int status, String what) {
    if (status == CUDA_SUCCESS) {
      return;
    }
    if (LOST.contains(status)) {
      lost = "%s: %s".formatted(what, text(status));
      throw new DeviceLostException("cuda", lost);
    }
    throw new IllegalStateException("cuda: %s: %s".formatted(what, text(status)));
  }

  /**
   * What to throw where a library failed: its error, unless the device is the reason.
   *
   * @param status the library's word for it
   */
  IllegalStateException failed(String what, String status) {
    check(cudart.cuStreamSynchronize(stream), what);
    return new IllegalStateException("cuda: %s: %s".formatted(what, status));
  }

  /** A status in words: "CUDA_ERROR_LAUNCH_FAILED, unspecified launch failure". */
  static String text(int status) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1);
        PointerPointer<BytePointer> meaning = new PointerPointer<>(1)) {
      cudart.cuGetErrorName(status, name);
      cudart.cuGetErrorString(status, meaning);
      BytePointer n = name.get(BytePointer.class);
      BytePointer m = meaning.get(BytePointer.class);
      return n == null || m == null ? "error " + status : n.getString() + ", " + m.getString();
    }
  }
}
