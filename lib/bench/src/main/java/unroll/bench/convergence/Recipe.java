package unroll.bench.convergence;

import unroll.optim.Schedule;

/**
 * How a network is trained: Adam on batches of new examples, gradients clipped to a global norm.
 *
 * @param hidden units
 * @param batch sequences in a step
 * @param learningRate of Adam
 * @param schedule of the learning rate, over all steps
 * @param clip the largest global norm of the gradients
 * @param steps how many at most
 * @param every how many steps lie between two looks at the validation examples
 * @param enough ends the training where the validation examples' score is this good
 * @param looks so many times in a row
 */
record Recipe(
    int hidden,
    int batch,
    double learningRate,
    Schedule schedule,
    double clip,
    int steps,
    int every,
    Goal enough,
    int looks) {}
