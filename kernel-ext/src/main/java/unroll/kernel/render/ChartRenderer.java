package unroll.kernel.render;

import org.knowm.xchart.internal.chartpart.Chart;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderer;
import unroll.plot.XCharts;

/** XChart's charts, as figures. */
@SuppressWarnings("rawtypes") // the class of a generic type
public final class ChartRenderer implements Renderer<Chart> {
  private final FigureRenderer figures = new FigureRenderer();

  @Override
  public Class<Chart> type() {
    return Chart.class;
  }

  @Override
  public MimeBundle render(Chart chart) {
    return figures.render(XCharts.figure((Chart<?, ?>) chart));
  }
}
