/**
 * The command line: one class a verb, each with its own {@code --help}. Start at {@link
 * unroll.kernel.cli.Main}.
 */
package unroll.kernel.cli;
