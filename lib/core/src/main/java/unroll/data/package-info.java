/**
 * Data in the layout that recurrent networks read, {@code [time, batch, features]}, from tables,
 * texts and pictures. Knows no network. Start at {@link unroll.data.Windows} for series, {@link
 * unroll.data.Sentences} and {@link unroll.data.SentencePairs} for texts, {@link
 * unroll.data.Scenes} for pictures.
 */
package unroll.data;
