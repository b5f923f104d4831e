/**
 * Magics: the lines of a cell that begin with {@code %}. A {@link unroll.kernel.magic.Magic} is one
 * value that holds syntax, help, evaluation and completion, so that they never disagree. Start
 * there; {@link unroll.kernel.magic.Magics} is the registry of a session.
 */
package unroll.kernel.magic;
