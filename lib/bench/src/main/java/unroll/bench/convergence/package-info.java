/**
 * Whether Unroll learns what it should: {@code ./unroll bench longlag}, problems whose answer lies
 * many steps behind the question, and {@code ./unroll bench textlm}, a character model beside
 * PyTorch's. Start at {@link unroll.bench.convergence.LongLagCommand} and {@link
 * unroll.bench.convergence.TextCommand}.
 */
package unroll.bench.convergence;
