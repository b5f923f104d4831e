/**
 * An optional backend on ND4J's arrays, for the CPU ({@code nd4j-native}) or a GPU ({@code
 * nd4j-cuda}). Having it and one of those libraries on the class path is enough; {@link
 * unroll.nd4j.Nd4jProvider} is found by the service loader.
 */
package unroll.nd4j;
