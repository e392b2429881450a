package dev.langevin.cli;

import dev.langevin.app.DataSource;
import dev.langevin.io.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say of data what their file does not. */
final class DataFlags {
  @Option(
      names = "--image",
      paramLabel = "HxW",
      description = "Rows are images: height x width, or channels x height x width.")
  @Nullable String image;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "A column (name, or number from 1) that is each row's class, not data.")
  @Nullable String label;

  DataSource source(String name) {
    ReadOptions options = ReadOptions.defaults();
    if (image != null) {
      options = options.withShape(ReadOptions.shape("--image", image));
    }
    if (label != null) {
      options = options.withLabel(label);
    }
    return new DataSource(name, options);
  }
}
