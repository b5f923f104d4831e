package unroll.nd4j;

import java.util.Locale;

/**
 * Which of ND4J's native libraries a class path holds. Only looks; loads nothing.
 *
 * @param cpu whether {@code nd4j-native} is there
 * @param gpu whether {@code nd4j-cuda} is there
 * @param machineCode whether it comes with the machine code for this platform
 * @param platform of this machine, as in the names of jars: {@code linux-x86_64}
 */
record NativeLibrary(boolean cpu, boolean gpu, boolean machineCode, String platform) {

  private static final String CPU = "org/nd4j/linalg/cpu/nativecpu/";
  private static final String GPU = "org/nd4j/linalg/jcublas/";

  static NativeLibrary on(ClassLoader loader) {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    boolean cpu = loader.getResource(CPU + "CpuBackend.class") != null;
    boolean gpu = loader.getResource(GPU + "JCublasBackend.class") != null;
    String library = System.mapLibraryName(cpu ? "jnind4jcpu" : "jnind4jcuda");
    String folder = (cpu ? CPU : GPU) + "bindings/" + platform + "/";
    return new NativeLibrary(cpu, gpu, loader.getResource(folder + library) != null, platform);
  }

  /** JavaCPP's name of a platform. */
  static String platform(String system, String processor) {
    String os = system.toLowerCase(Locale.ROOT);
    String family = os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : os;
    String cpu =
        switch (processor) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
    return family + "-" + cpu;
  }

  /** What keeps ND4J from running, and the cure; null if nothing is known to. */
  String missing() {
    if (cpu && gpu) {
      return "nd4j-native and nd4j-cuda are both on the class path, and ND4J takes one of them; leave one out";
    }
    if (!cpu && !gpu) {
      return "no native library of ND4J is on the class path; add org.nd4j:nd4j-native:1.0.0-M2.1 with the classifier %s, or nd4j-cuda-11.6 for a GPU"
          .formatted(platform);
    }
    if (!machineCode) {
      return "%s is on the class path without its machine code for %s; add the same artifact with the classifier %s, if there is one"
          .formatted(artifact(), platform, platform);
    }
    return null;
  }

  /** The library's artifact. */
  String artifact() {
    return gpu ? "nd4j-cuda" : "nd4j-native";
  }
}
