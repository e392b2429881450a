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
 * found before or made by hand, in the folder of test resources named after it); {@code JAZZER_FUZZ=1 ./mvnw test -pl io -am -Dtest=ParsersFuzzTest#csv -Djazzer.hooks=true}
 * tries a million inputs. (Without the last flag nothing guides it: what runs in the plain build is not instrumented.)
 */
class ParsersFuzzTest {
  private static final String LONGEST = "2h";
  private static final long INPUTS = 1_000_000;

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
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void csv(byte[] bytes) throws IOException {
    check(Parsers.CSV, bytes);
  }

  static Stream<Arguments> npySeeds() {
    return seeds(Parsers.NPY);
  }

  @MethodSource("npySeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void npy(byte[] bytes) throws IOException {
    check(Parsers.NPY, bytes);
  }

  static Stream<Arguments> idxSeeds() {
    return seeds(Parsers.IDX);
  }

  @MethodSource("idxSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void idx(byte[] bytes) throws IOException {
    check(Parsers.IDX, bytes);
  }

  static Stream<Arguments> imageSeeds() {
    return seeds(Parsers.IMAGE);
  }

  @MethodSource("imageSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void image(byte[] bytes) throws IOException {
    check(Parsers.IMAGE, bytes);
  }

  static Stream<Arguments> stanCsvSeeds() {
    return seeds(Parsers.STAN_CSV);
  }

  @MethodSource("stanCsvSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void stanCsv(byte[] bytes) throws IOException {
    check(Parsers.STAN_CSV, bytes);
  }

  static Stream<Arguments> safetensorsSeeds() {
    return seeds(Parsers.SAFETENSORS);
  }

  @MethodSource("safetensorsSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void safetensors(byte[] bytes) throws IOException {
    check(Parsers.SAFETENSORS, bytes);
  }

  static Stream<Arguments> jsonSeeds() {
    return seeds(Parsers.JSON);
  }

  @MethodSource("jsonSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void json(byte[] bytes) throws IOException {
    check(Parsers.JSON, bytes);
  }

  static Stream<Arguments> provenanceSeeds() {
    return seeds(Parsers.PROVENANCE);
  }

  @MethodSource("provenanceSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void provenance(byte[] bytes) throws IOException {
    check(Parsers.PROVENANCE, bytes);
  }

  static Stream<Arguments> zarrMetadataSeeds() {
    return seeds(Parsers.ZARR_METADATA);
  }

  @MethodSource("zarrMetadataSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void zarrMetadata(byte[] bytes) throws IOException {
    check(Parsers.ZARR_METADATA, bytes);
  }

  static Stream<Arguments> zarrChunkSeeds() {
    return seeds(Parsers.ZARR_CHUNK);
  }

  @MethodSource("zarrChunkSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void zarrChunk(byte[] bytes) throws IOException {
    check(Parsers.ZARR_CHUNK, bytes);
  }

  static Stream<Arguments> safetensorsIndexSeeds() {
    return seeds(Parsers.SAFETENSORS_INDEX);
  }

  @MethodSource("safetensorsIndexSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void safetensorsIndex(byte[] bytes) throws IOException {
    check(Parsers.SAFETENSORS_INDEX, bytes);
  }

  static Stream<Arguments> modelIndexSeeds() {
    return seeds(Parsers.MODEL_INDEX);
  }

  @MethodSource("modelIndexSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void modelIndex(byte[] bytes) throws IOException {
    check(Parsers.MODEL_INDEX, bytes);
  }

  static Stream<Arguments> networkConfigSeeds() {
    return seeds(Parsers.NETWORK_CONFIG);
  }

  @MethodSource("networkConfigSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void networkConfig(byte[] bytes) throws IOException {
    check(Parsers.NETWORK_CONFIG, bytes);
  }

  static Stream<Arguments> schedulerConfigSeeds() {
    return seeds(Parsers.SCHEDULER_CONFIG);
  }

  @MethodSource("schedulerConfigSeeds")
  @FuzzTest(maxDuration = LONGEST, maxExecutions = INPUTS)
  void schedulerConfig(byte[] bytes) throws IOException {
    check(Parsers.SCHEDULER_CONFIG, bytes);
  }
}
