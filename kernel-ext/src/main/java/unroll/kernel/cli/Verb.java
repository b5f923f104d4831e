package unroll.kernel.cli;

import java.util.concurrent.Callable;

/**
 * A verb of the command line that another module brings; found by {@link java.util.ServiceLoader}.
 * The class bears picocli's {@code @Command}; what it returns is the exit code.
 */
public interface Verb extends Callable<Integer> {}
