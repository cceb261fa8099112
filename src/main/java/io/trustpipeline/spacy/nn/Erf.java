package io.trustpipeline.spacy.nn;

/**
 * The error function as {@code z P(z²) / Q(z²)} on [-4, 4], where it has reached ±1 in float32; absolute error at most
 * 4e-7. The coefficients are those of Eigen ({@code MathFunctionsImpl.h}), which TensorFlow and XLA use too.
 */
public final class Erf {

    public static final float SQRT_HALF = 0.70710678118654752f;
    public static final float BOUND = 4;

    public static final float P0 = -1.60960333262415e-02f;
    public static final float P1 = -2.95459980854025e-03f;
    public static final float P2 = -7.34990630326855e-04f;
    public static final float P3 = -5.69250639462346e-05f;
    public static final float P4 = -2.10102402082508e-06f;
    public static final float P5 = 2.77068142495902e-08f;
    public static final float P6 = -2.72614225801306e-10f;

    public static final float Q0 = -1.42647390514189e-02f;
    public static final float Q1 = -7.37332916720468e-03f;
    public static final float Q2 = -1.68282697438203e-03f;
    public static final float Q3 = -2.13374055278905e-04f;
    public static final float Q4 = -1.45660718464996e-05f;

    private Erf() {}

    public static float erf(float x) {
        float z = Math.max(-BOUND, Math.min(BOUND, x));
        float y = z * z;
        float p = (((((P6 * y + P5) * y + P4) * y + P3) * y + P2) * y + P1) * y + P0;
        float q = (((Q4 * y + Q3) * y + Q2) * y + Q1) * y + Q0;
        return z * p / q;
    }
}
