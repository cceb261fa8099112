package io.trustpipeline.deploy;

import java.util.function.UnaryOperator;

/**
 * What is deployed: the files of {@code cloudformation/} and the source query.
 *
 * @param files the text of a file by its name from the project's folder, such as {@code sql/trust_source.sql}
 * @param version of the program; the tag of the image unless another is given
 */
public record DeploymentSource(UnaryOperator<String> files, String version) {

    Template template(Layer layer) {
        String name = "cloudformation/" + layer.template() + ".yaml";
        return Template.parse(name, files.apply(name));
    }

    /** The state machine of that name. */
    String definition(String name) {
        return files.apply("cloudformation/" + name + ".asl.json");
    }

    String query() {
        return files.apply("sql/trust_source.sql");
    }
}
