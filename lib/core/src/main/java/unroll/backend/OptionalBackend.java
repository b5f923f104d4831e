package unroll.backend;

import java.util.List;

/**
 * A backend that comes in an artifact of its own, known by name even where that is not on the class
 * path.
 *
 * @param name its short name
 * @param description what it is
 */
record OptionalBackend(String name, String description) {

  static final List<OptionalBackend> ALL =
      List.of(
          new OptionalBackend("nd4j", "ND4J, float32, on the CPU or a GPU"),
          new OptionalBackend("cuda", "cuBLAS and cuDNN, float32, on an NVIDIA GPU"));

  /** Where it is not on the class path: what to add. */
  String missing() {
    return "not on the class path; start with --with %s, or add io.github.unroll:unroll-%s"
        .formatted(name, name);
  }
}
