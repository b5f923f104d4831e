/**
 * Notebooks as files: reading and writing nbformat 4, running one from its first cell to its last,
 * and showing it as a page that needs nothing but itself. Start at {@link
 * unroll.kernel.notebook.NotebookRun}.
 */
package unroll.kernel.notebook;
