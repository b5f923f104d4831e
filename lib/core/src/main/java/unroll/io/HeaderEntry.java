package unroll.io;

/** What a header says of one tensor; begin and end count from the first byte after the header. */
record HeaderEntry(String name, DType dtype, int[] shape, long begin, long end) {}
