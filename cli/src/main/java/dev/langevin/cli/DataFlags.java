package dev.langevin.cli;

import dev.langevin.app.DataSource;
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
    DataSource source = DataSource.of(name);
    if (image != null) {
      source = source.withImages(image);
    }
    return label == null ? source : source.withLabel(label);
  }
}
