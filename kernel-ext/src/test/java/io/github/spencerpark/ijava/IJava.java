package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands where IJava 1.3.0 has its entry class, which is not to be had from Maven: a kernel on
 * IJava's real base library that notes what it is to evaluate.
 */
public final class IJava {
  private static Kernel kernel;

  private IJava() {}

  /** As in IJava: null before the kernel runs. */
  public static Kernel getKernelInstance() {
    return kernel;
  }

  public static void start() {
    kernel = new Kernel();
  }

  /** The kernel; IJava's has the same two methods. */
  public static final class Kernel extends BaseKernel {
    public final List<String> evaluated = new ArrayList<>();
    private final Magics magics = new Magics();

    public Magics getMagics() {
      return magics;
    }

    @Override
    public DisplayData eval(String code) {
      evaluated.add(code);
      return null;
    }

    @Override
    public LanguageInfo getLanguageInfo() {
      return null;
    }
  }
}
