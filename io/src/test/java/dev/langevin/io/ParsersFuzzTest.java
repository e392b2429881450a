package dev.langevin.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same law for inputs that a coverage-guided fuzzer finds. In the plain build each runs on its valid seeds (and on what was
 * found before, in the folder of test resources); {@code JAZZER_FUZZ=1 ./mvnw test -pl io -am -Dtest=ParsersFuzzTest#csv} searches
 * for five minutes.
 */
class ParsersFuzzTest {
  @TempDir static Path folder;

  private static void check(Parsers parser, byte[] bytes) throws IOException {
    Path own = Files.createDirectories(folder.resolve(parser.name()));
    Path file = Files.write(own.resolve(parser.file), bytes);
    try {
      parser.parse(file);
    } catch (InputError expected) {
      if (expected.getMessage().indexOf('\n') >= 0) {
        throw new AssertionError("more than one line", expected);
      }
    }
  }

  private static Stream<Arguments> seeds(Parsers parser) {
    try {
      return parser.seeds().stream().map(seed -> Arguments.of((Object) seed));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<Arguments> csvSeeds() {
    return seeds(Parsers.CSV);
  }

  @MethodSource("csvSeeds")
  @FuzzTest
  void csv(byte[] bytes) throws IOException {
    check(Parsers.CSV, bytes);
  }

  static Stream<Arguments> npySeeds() {
    return seeds(Parsers.NPY);
  }

  @MethodSource("npySeeds")
  @FuzzTest
  void npy(byte[] bytes) throws IOException {
    check(Parsers.NPY, bytes);
  }

  static Stream<Arguments> idxSeeds() {
    return seeds(Parsers.IDX);
  }

  @MethodSource("idxSeeds")
  @FuzzTest
  void idx(byte[] bytes) throws IOException {
    check(Parsers.IDX, bytes);
  }

  static Stream<Arguments> imageSeeds() {
    return seeds(Parsers.IMAGE);
  }

  @MethodSource("imageSeeds")
  @FuzzTest
  void image(byte[] bytes) throws IOException {
    check(Parsers.IMAGE, bytes);
  }

  static Stream<Arguments> stanCsvSeeds() {
    return seeds(Parsers.STAN_CSV);
  }

  @MethodSource("stanCsvSeeds")
  @FuzzTest
  void stanCsv(byte[] bytes) throws IOException {
    check(Parsers.STAN_CSV, bytes);
  }

  static Stream<Arguments> safetensorsSeeds() {
    return seeds(Parsers.SAFETENSORS);
  }

  @MethodSource("safetensorsSeeds")
  @FuzzTest
  void safetensors(byte[] bytes) throws IOException {
    check(Parsers.SAFETENSORS, bytes);
  }

  static Stream<Arguments> jsonSeeds() {
    return seeds(Parsers.JSON);
  }

  @MethodSource("jsonSeeds")
  @FuzzTest
  void json(byte[] bytes) throws IOException {
    check(Parsers.JSON, bytes);
  }

  static Stream<Arguments> provenanceSeeds() {
    return seeds(Parsers.PROVENANCE);
  }

  @MethodSource("provenanceSeeds")
  @FuzzTest
  void provenance(byte[] bytes) throws IOException {
    check(Parsers.PROVENANCE, bytes);
  }

  static Stream<Arguments> zarrMetadataSeeds() {
    return seeds(Parsers.ZARR_METADATA);
  }

  @MethodSource("zarrMetadataSeeds")
  @FuzzTest
  void zarrMetadata(byte[] bytes) throws IOException {
    check(Parsers.ZARR_METADATA, bytes);
  }

  static Stream<Arguments> zarrChunkSeeds() {
    return seeds(Parsers.ZARR_CHUNK);
  }

  @MethodSource("zarrChunkSeeds")
  @FuzzTest
  void zarrChunk(byte[] bytes) throws IOException {
    check(Parsers.ZARR_CHUNK, bytes);
  }

  static Stream<Arguments> safetensorsIndexSeeds() {
    return seeds(Parsers.SAFETENSORS_INDEX);
  }

  @MethodSource("safetensorsIndexSeeds")
  @FuzzTest
  void safetensorsIndex(byte[] bytes) throws IOException {
    check(Parsers.SAFETENSORS_INDEX, bytes);
  }

  static Stream<Arguments> modelIndexSeeds() {
    return seeds(Parsers.MODEL_INDEX);
  }

  @MethodSource("modelIndexSeeds")
  @FuzzTest
  void modelIndex(byte[] bytes) throws IOException {
    check(Parsers.MODEL_INDEX, bytes);
  }

  static Stream<Arguments> networkConfigSeeds() {
    return seeds(Parsers.NETWORK_CONFIG);
  }

  @MethodSource("networkConfigSeeds")
  @FuzzTest
  void networkConfig(byte[] bytes) throws IOException {
    check(Parsers.NETWORK_CONFIG, bytes);
  }

  static Stream<Arguments> schedulerConfigSeeds() {
    return seeds(Parsers.SCHEDULER_CONFIG);
  }

  @MethodSource("schedulerConfigSeeds")
  @FuzzTest
  void schedulerConfig(byte[] bytes) throws IOException {
    check(Parsers.SCHEDULER_CONFIG, bytes);
  }
}
