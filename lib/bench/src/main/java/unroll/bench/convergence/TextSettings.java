package unroll.bench.convergence;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/**
 * What a character model is and how it is trained: the request that {@code textlm_torch.py} reads.
 *
 * @param cell RNN, LSTM or GRU
 * @param hidden units
 * @param features of an embedded character
 * @param time characters of a row in a step
 * @param batch rows read side by side
 * @param learningRate of Adam
 * @param clip the largest global norm of the gradients
 * @param steps of the optimizer
 * @param threads to compute on; no result depends on it
 * @param seed of the first weights
 */
record TextSettings(
    String cell,
    int hidden,
    int features,
    int time,
    int batch,
    double learningRate,
    double clip,
    int steps,
    int threads,
    long seed) {

  static TextSettings of(String cell, int steps, int threads, long seed) {
    return new TextSettings(cell, 128, 32, 50, 32, 2e-3, 5, steps, threads, seed);
  }

  TextSettings steps(int other) {
    return new TextSettings(
        cell, hidden, features, time, batch, learningRate, clip, other, threads, seed);
  }

  static Gson gson() {
    return new GsonBuilder()
        .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
        .create();
  }
}
