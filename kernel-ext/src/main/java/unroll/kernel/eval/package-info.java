/**
 * Evaluation of notebook cells with JShell, in this JVM and independent of any wire: Java and
 * magics mixed, results rendered, errors with their line marked. Start at {@link
 * unroll.kernel.eval.CellEvaluator}; the outputs go to a {@link unroll.kernel.eval.CellOutputs}.
 */
package unroll.kernel.eval;
