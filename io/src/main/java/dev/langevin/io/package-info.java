/**
 * Data, draws, models and pictures in files: strict readers, writers that lose nothing, and where each file came from.
 *
 * <p>The nouns and how they meet: a {@link dev.langevin.io.Datasets reader} turns a file into a {@link
 * dev.langevin.table.Dataset}; each other format has a class of its own that reads and writes it. Every writer goes through {@link
 * dev.langevin.io.AtomicFile} or {@link dev.langevin.io.AtomicFolder}, and embeds a {@link dev.langevin.io.Provenance}. Whatever is
 * wrong with what the user gave is one {@link dev.langevin.io.InputError}: place, problem, remedy.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><th>format</th><th>reads</th><th>writes</th><th>provenance in</th><th>reference</th></tr>
 * <tr><td>CSV, gzipped or not</td><td>{@link dev.langevin.io.Datasets}</td><td>{@link dev.langevin.io.Csv}</td><td>comment lines at
 *     the head</td><td>RFC 4180</td></tr>
 * <tr><td>IDX, gzipped or not</td><td>{@link dev.langevin.io.Datasets}</td><td>{@link dev.langevin.io.Idx}</td><td>a neighbour, {@code
 *     .json}</td><td>LeCun, Cortes, Burges 1998 (MNIST)</td></tr>
 * <tr><td>npy</td><td>{@link dev.langevin.io.Datasets}, {@link dev.langevin.io.Npy}</td><td>{@link dev.langevin.io.Npy}</td><td>a
 *     neighbour, {@code .npy.json}</td><td>NumPy NEP 1</td></tr>
 * <tr><td>folder of PNG, JPEG</td><td>{@link dev.langevin.io.Datasets}</td><td>{@link dev.langevin.io.Images} (PNG; also grids and
 *     plots)</td><td>{@code tEXt} chunk</td><td>PNG, third edition, W3C 2025</td></tr>
 * <tr><td>Stan CSV</td><td>{@link dev.langevin.io.StanCsv}</td><td>{@link dev.langevin.io.StanCsv}</td><td>comment lines at the
 *     head</td><td>CmdStan guide, Stan CSV file format</td></tr>
 * <tr><td>Zarr v2, ArviZ layout</td><td>{@link dev.langevin.io.ZarrDraws}</td><td>{@link dev.langevin.io.ZarrDraws}</td><td>root
 *     {@code .zattrs}</td><td>Zarr storage specification 2; Kumar et al. 2019 (ArviZ)</td></tr>
 * <tr><td>safetensors</td><td>{@link dev.langevin.io.Safetensors}</td><td>{@link dev.langevin.io.Safetensors}</td><td>{@code
 *     __metadata__}</td><td>Hugging Face 2022</td></tr>
 * <tr><td>safetensors in several files</td><td>{@link dev.langevin.io.DiffusersFolder}</td><td></td><td></td><td>the same</td></tr>
 * <tr><td>folder of a diffusers pipeline</td><td>{@link dev.langevin.io.DiffusersFolder}</td><td>{@link dev.langevin.io.DiffusersFolder}</td><td>the
 *     weights' {@code __metadata__}</td><td>von Platen et al. 2022 (diffusers 0.40)</td></tr>
 * <tr><td>animated PNG</td><td></td><td>{@link dev.langevin.io.Animation}</td><td>{@code tEXt} chunk</td><td>PNG, third edition, W3C 2025</td></tr>
 * <tr><td>JSON</td><td>{@link dev.langevin.io.Json}</td><td>{@link dev.langevin.io.Json}</td><td>as the caller puts it, key {@code
 *     provenance}</td><td>RFC 8259</td></tr>
 * </table>
 *
 * <p>Convention: a reader allocates for what a file holds, never for what its head promises; it returns a value or throws {@link
 * dev.langevin.io.InputError}, whatever the bytes are, and a test with damaged files holds this. A writer prints numbers
 * shortest-round-trip and alike on every JDK, puts no clock time, machine or user into a file, and so gives equal bytes for equal
 * runs.
 *
 * <p>To add a format: a class with {@code read} and {@code write} that go through {@code Trouble.guarded} and {@code AtomicFile};
 * its first bytes in {@code FileKind}, its provenance in {@code Embedded}; a seed in the test of damaged files; a line in the table
 * above.
 *
 * <p>May import core, and of it only {@code table}, {@code chain} and {@code math}; no tensor backend, no app.
 */
@NullMarked
package dev.langevin.io;

import org.jspecify.annotations.NullMarked;
