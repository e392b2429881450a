/** Networks, their training, and the denoiser that comes out, on LibTorch. */
@SuppressWarnings("requires-automatic")
module dev.langevin.tensor {
  requires transitive dev.langevin.core;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.openblas;
  requires org.bytedeco.pytorch;
  requires static transitive org.jspecify;

  exports dev.langevin.tensor;
}
