/**
 * The inner loops of the {@code cpu} backend on the JDK's Vector API. Nothing outside refers to
 * this package but by its name, so that a JVM without the module {@code jdk.incubator.vector} can
 * run the rest. Start at {@link unroll.backend.cpu.vector.VectorKernels}.
 */
package unroll.backend.cpu.vector;
