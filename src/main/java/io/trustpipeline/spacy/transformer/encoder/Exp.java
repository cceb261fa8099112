package io.trustpipeline.spacy.transformer.encoder;

/**
 * Constants of the exponential function after Cephes ({@code expf.c}): {@code x = n ln 2 + r}, {@code exp(x) = 2^n (1 + r
 * + r² P(r))}, relative error 1.2e-7. Adding {@link #ROUND} to a float leaves its nearest whole number in the lowest bits,
 * from where a shift brings it into the exponent.
 */
final class Exp {

    /** Where the result is still a normal number. */
    static final float MIN = -87.3f;

    static final float MAX = 88f;

    static final float LOG2_E = 1.44269504088896341f;
    static final float ROUND = 0x1.8p23f;
    static final float LN2_HIGH = 0.693359375f;
    static final float LN2_LOW = -2.12194440e-4f;
    static final int FRACTION_BITS = 23;

    static final float C0 = 5.0000001201e-1f;
    static final float C1 = 1.6666665459e-1f;
    static final float C2 = 4.1665795894e-2f;
    static final float C3 = 8.3334519073e-3f;
    static final float C4 = 1.3981999507e-3f;
    static final float C5 = 1.9875691500e-4f;

    /** Of the tanh form of gelu: the cubic term, and {@code -2 sqrt(2 / pi)}. */
    static final float TANH_CUBIC = 0.044715f;

    static final float TANH_SCALE = -1.5957691216057308f;

    private Exp() {}

    static float exp(float argument) {
        float x = Math.max(MIN, Math.min(MAX, argument));
        float shifted = x * LOG2_E + ROUND;
        float n = shifted - ROUND;
        float r = x - n * LN2_HIGH - n * LN2_LOW;
        float p = ((((C5 * r + C4) * r + C3) * r + C2) * r + C1) * r + C0;
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(p * r * r + r + 1) + (Float.floatToRawIntBits(shifted) << FRACTION_BITS));
    }
}
