package unroll.kernel.host.rapaio;

import java.util.List;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** Found by Rapaio's service loader when the jar is on its class path, or is added by a magic. */
public final class UnrollDisplays implements DisplayProvider {

  /** Called by the service loader. */
  public UnrollDisplays() {}

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    return RapaioHost.renderers();
  }

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of();
  }
}
