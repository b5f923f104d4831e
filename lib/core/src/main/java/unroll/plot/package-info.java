/**
 * Charts, heat maps and drawings as {@link unroll.plot.Figure}s: SVG for pages, PNG beside it, text
 * for a terminal. Knows no network. Start at {@link unroll.plot.LineChart}.
 */
package unroll.plot;
