package dev.langevin.mixture;

import dev.langevin.diffusion.OrnsteinUhlenbeck;

/** Signal and noise scale of the Ornstein–Uhlenbeck process at a time. */
record Level(double a, double b) {
  static Level at(double time) {
    OrnsteinUhlenbeck process = new OrnsteinUhlenbeck();
    return new Level(process.signal(time), process.noise(time));
  }
}
