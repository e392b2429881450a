package dev.langevin.app;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The pictures of {@code langevin show}. <b>A new picture is one entry here.</b> */
public enum Picture {
  /** Data to noise. */
  FORWARD(
      "data turning into noise, six levels",
      "ring",
      PictureSettings.NONE,
      (job, console) -> new NoiseStrip(job).forward()),
  /** Noise to data. */
  REVERSE(
      "a solver's run from noise to data",
      "ring",
      PictureSettings.RUN,
      (job, console) -> new NoiseStrip(job).reverse()),
  /** All solvers. */
  SOLVERS(
      "every solver with as many evaluations (--steps), beside the floor",
      "grid",
      PictureSettings.GRID,
      (job, console) -> new SolverPanels(job).picture(console)),
  /** Two far modes. */
  WEIGHTS(
      "the weights of two far modes: plain and annealed Langevin, reverse process",
      "imbalanced",
      PictureSettings.STEPS,
      (job, console) -> new WeightCourses(job).picture(console)),
  /** The denoiser of training rows. */
  MEMORISATION(
      "samples of the exact denoiser of training rows, as noise ends and steps vary",
      "ring",
      PictureSettings.SOLVER,
      (job, console) -> new Memorising(job).picture(console)),
  /** Laws of processes. */
  FOKKER_PLANCK(
      "points of noising, reversal and Langevin under their Fokker-Planck densities",
      "line",
      PictureSettings.NONE,
      (job, console) -> new LawCourses(job).picture(console)),
  /** The three errors. */
  BUDGET(
      "the error budget by number of steps and by first noise level",
      "line",
      PictureSettings.NONE,
      (job, console) -> new BudgetStacks(job).picture(job, console));

  /** Paints it. */
  interface Painter {
    BufferedImage paint(ShowJob job, Console console);
  }

  private final String purpose;
  private final String model;
  private final PictureSettings settings;
  private final Painter painter;

  Picture(String purpose, String model, PictureSettings settings, Painter painter) {
    this.purpose = purpose;
    this.model = model;
    this.settings = settings;
    this.painter = painter;
  }

  /** What it shows, one line. */
  public String purpose() {
    return purpose;
  }

  /** The model that it shows when nobody says. */
  public String model() {
    return model;
  }

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** What it listens to. */
  PictureSettings settings() {
    return settings;
  }

  BufferedImage paint(ShowJob job, Console console) {
    return painter.paint(job, console);
  }

  /**
   * The picture of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Picture named(String label) {
    return Arrays.stream(values())
        .filter(picture -> picture.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "picture must be one of "
                        + Arrays.stream(values())
                            .map(Picture::label)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + label));
  }
}
