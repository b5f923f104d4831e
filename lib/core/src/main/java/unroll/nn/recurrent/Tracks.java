package unroll.nn.recurrent;

import static unroll.tensor.Tensors.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.Dropout;
import unroll.nn.LayerNorm;
import unroll.tensor.Tensor;

/**
 * Layers one above the other, each in one direction or in two. In a state, the tracks lie along the
 * first axis in PyTorch's order: layer by layer, forward before reverse; a single track has no such
 * axis.
 */
final class Tracks {

  private final Wiring wiring;
  private final List<Track> tracks;

  /** With parameters from a supply. */
  Tracks(String layer, Formula formula, Wiring wiring, Supply supply) {
    this.wiring = wiring;
    List<Track> all = new ArrayList<>();
    int inner = wiring.outputSize(formula.shownSize());
    for (int k = 0; k < wiring.tracks(); k++) {
      int inputSize = k < wiring.directions() ? wiring.inputSize() : inner;
      all.add(new Track(formula.equations(layer, inputSize, wiring.suffix(k), supply)));
    }
    tracks = List.copyOf(all);
  }

  /** The equations of the first track. */
  Equations first() {
    return tracks.get(0).equations();
  }

  /**
   * What a run makes.
   *
   * @param state the parts of the state at each sequence's own last step
   * @param insides the gates of each track, where they were asked for
   */
  record Result(Tensor output, List<Tensor> state, List<Activations.Part> insides) {}

  /** Runs over a sequence, which has the right shape, as has the state. */
  Result run(Tensor input, List<Tensor> initial, Lengths lengths, boolean traced) {
    Lengths trimmed = lengths.trimmed();
    Tensor x = lengths.mask(input, trimmed.steps());
    List<List<Tensor>> last = new ArrayList<>();
    List<Activations.Part> insides = new ArrayList<>();
    Dropout between = Dropout.of(wiring.dropout());
    for (int k = 0; k < tracks.size(); k += wiring.directions()) {
      Tensor below = k == 0 ? x : between.apply(x);
      List<Tensor> outputs = new ArrayList<>();
      for (int track = k; track < k + wiring.directions(); track++) {
        boolean reverse = wiring.isReverse(track);
        Track.Result result =
            tracks
                .get(track)
                .run(
                    reverse ? trimmed.reverse(below) : below,
                    part(initial, track),
                    trimmed,
                    wiring.recurrentDropout(),
                    traced);
        outputs.add(
            reverse
                ? trimmed.reverse(result.output())
                : trimmed.mask(result.output(), trimmed.steps()));
        last.add(result.last());
        if (traced) {
          insides.add(inside(track, result.gates(), trimmed));
        }
      }
      x = wiring.merged(outputs.get(0), outputs.get(outputs.size() - 1));
    }
    return new Result(trimmed.mask(x, input.size(0)), joined(last), insides);
  }

  private Activations.Part inside(int track, Map<String, Tensor> gates, Lengths lengths) {
    boolean reverse = wiring.isReverse(track);
    Map<String, Tensor> inTime = new LinkedHashMap<>();
    gates.forEach((letter, all) -> inTime.put(letter, reverse ? lengths.reverse(all) : all));
    return new Activations.Part(track / wiring.directions() + 1, reverse, inTime);
  }

  private List<Tensor> part(List<Tensor> state, int track) {
    return tracks.size() == 1 ? state : state.stream().map(all -> all.get(track)).toList();
  }

  private List<Tensor> joined(List<List<Tensor>> states) {
    if (states.size() == 1) {
      return states.get(0);
    }
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < states.get(0).size(); i++) {
      int part = i;
      parts.add(stack(states.stream().map(state -> state.get(part)).toList()));
    }
    return parts;
  }

  /** What the top layer's hidden state shows, [batch, outputSize]. */
  Tensor last(Tensor hidden) {
    if (tracks.size() == 1) {
      return hidden;
    }
    int top = tracks.size() - wiring.directions();
    return wiring.merged(hidden.get(top), hidden.get(tracks.size() - 1));
  }

  Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    tracks.forEach(track -> all.putAll(track.equations().parameters()));
    return Collections.unmodifiableMap(all);
  }

  /** The norms by their full names. */
  Map<String, LayerNorm> norms() {
    Map<String, LayerNorm> all = new LinkedHashMap<>();
    for (Track track : tracks) {
      Equations equations = track.equations();
      equations.norms().forEach((name, norm) -> all.put(name + equations.suffix(), norm));
    }
    return all;
  }
}
