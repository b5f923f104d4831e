package unroll.plot;

/** A labelled vertical line of a {@link LineChart}. */
record Marker(double x, String label) {}
