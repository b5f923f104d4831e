package unroll.data;

/**
 * Data in three parts: to learn from, to choose by, and to judge with at the end.
 *
 * @param train what the parameters are fitted to
 * @param validation what early stopping and choices of settings look at
 * @param test what nothing looks at before the last measurement
 * @param <D> the kind of data
 */
public record Split<D>(D train, D validation, D test) {}
