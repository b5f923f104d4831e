/**
 * Data in the layout that recurrent networks read, {@code [time, batch, features]}, from tables and
 * files. Knows no network and no tensor. Start at {@link unroll.data.Windows} for series.
 */
package unroll.data;
