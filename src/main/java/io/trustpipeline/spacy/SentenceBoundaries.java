package io.trustpipeline.spacy;

import io.trustpipeline.spacy.config.Section;
import io.trustpipeline.spacy.transformer.SentenceSpans;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Which component of a pipeline, as far as it is read, says where sentences start. Only a sentencizer's rule is computed. */
final class SentenceBoundaries {

    private static final String SENTENCIZER = "sentencizer";

    /** Components that may set sentence starts by what they have learnt or been told. */
    private static final Set<String> OTHERS = Set.of("attribute_ruler", "beam_parser", "parser", "senter");

    /** What spaCy's sentencizer takes for the end of a sentence. */
    private static final Set<String> MARKS = marks("""
            ! . ? ։ ؟ ۔ ܀ ܁ ܂ ߹ । ॥ ၊ ။ ። ፧ ፨ ᙮ ᜵ ᜶ ᠃ ᠉ ᥄ ᥅ ᪨ ᪩ ᪪ ᪫ ᭚ ᭛ ᭞ ᭟ ᰻ ᰼ ᱾ ᱿ ‼ ‽ ⁇ ⁈ ⁉ ⸮ ⸼ ꓿ ꘎ ꘏ ꛳ ꛷ ꡶ ꡷ ꣎ ꣏ ꤯ ꧈ ꧉ ꩝
            ꩞ ꩟ ꫰ ꫱ ꯫ ﹒ ﹖ ﹗ ！ ． ？ 𐩖 𐩗 𑁇 𑁈 𑂾 𑂿 𑃀 𑃁 𑅁 𑅂 𑅃 𑇅 𑇆 𑇍 𑇞 𑇟 𑈸 𑈹 𑈻 𑈼 𑊩 𑑋 𑑌 𑗂 𑗃 𑗉 𑗊 𑗋 𑗌 𑗍 𑗎 𑗏 𑗐 𑗑 𑗒 𑗓 𑗔 𑗕 𑗖 𑗗 𑙁
            𑙂 𑜼 𑜽 𑜾 𑩂 𑩃 𑪛 𑪜 𑱁 𑱂 𖩮 𖩯 𖫵 𖬷 𖬸 𖭄 𛲟 𝪈 ｡ 。
            """);

    private @Nullable SentenceSpans sentences;
    private @Nullable String unknown;

    private static Set<String> marks(String blankSeparated) {
        return Set.of(blankSeparated.strip().split("\\s+"));
    }

    /** Takes notice of a component that runs. */
    void see(ComponentConfig component) {
        String factory = component.factory();
        if (factory.equals(SENTENCIZER)) {
            seeSentencizer(component);
        } else if (OTHERS.contains(factory)) {
            unknown = component.name();
        }
    }

    private void seeSentencizer(ComponentConfig component) {
        Path file = component.directory().resolve(component.name() + ".json");
        Section settings = component.section();
        if (Files.exists(file)) {
            settings = settings.overriddenBy(Section.readJson(file));
        }
        boolean overwrites = settings.flag("overwrite", false);
        if (!overwrites && (sentences != null || unknown != null)) {
            return;
        }
        List<String> marks = settings.has("punct_chars") ? settings.texts("punct_chars") : List.of();
        sentences = new SentenceSpans(marks.isEmpty() ? MARKS : Set.copyOf(marks));
        unknown = null;
    }

    /**
     * The sentences that a component's windows are made of.
     *
     * @throws ModelException when no sentencizer before it says where they start
     */
    SentenceSpans of(ComponentConfig component) {
        if (unknown != null) {
            throw component.unsupported("its windows are sentences, whose starts component '" + unknown
                    + "' sets; only those of a sentencizer are computed");
        }
        if (sentences == null) {
            throw component.unsupported("its windows are sentences, and no sentencizer runs before it");
        }
        return sentences;
    }
}
