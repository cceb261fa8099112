"use strict";

const skills = ["empathy", "adaptability", "collaboration", "communication", "self_regulation"];
const byId = id => document.getElementById(id);
let token = "";

function call(method, path, body) {
  const raw = typeof body === "string" || body instanceof Blob;
  return fetch(path, {
    method: method,
    headers: { "Authorization": "Bearer " + token },
    body: body === undefined ? undefined : raw ? body : JSON.stringify(body)
  }).then(response => response.text().then(text => {
    const answer = text === "" ? null : JSON.parse(text);
    if (!response.ok) {
      throw new Error(answer === null ? response.statusText : answer.detail);
    }
    return answer;
  }));
}

function add(parent, name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  parent.appendChild(element);
  return element;
}

function say(text) {
  byId("progress").textContent = text;
}

function working(form, work) {
  form.addEventListener("submit", event => {
    event.preventDefault();
    work().catch(error => say("That did not work: " + error.message));
  });
}

working(byId("sign-in"), () => {
  token = byId("token").value.trim();
  return call("GET", "/auth/me").then(me => {
    byId("who").textContent = me.name + ", " + me.role;
  });
});

working(byId("upload"), () => {
  const file = byId("file").files[0];
  const content = file === undefined ? byId("text").value : file;
  const name = file === undefined ? "lesson.txt" : file.name;
  const classId = byId("class").value;
  const date = byId("date").value;
  const roster = byId("roster").value.split("\n").map(line => line.trim()).filter(line => line !== "");
  say("Uploading …");
  return call("POST", "/v1/ingest/presigned-upload", {
    file_name: name,
    file_format: name.split(".").pop().toLowerCase(),
    file_size_bytes: file === undefined ? new Blob([content]).size : file.size,
    class_id: classId,
    date: date
  }).then(place => call("PUT", "/v1/ingest/uploads/" + place.artifact_id, content)
    .then(() => call("POST", "/v1/ingest/transcripts", {
      artifact_id: place.artifact_id,
      metadata: { class_id: classId, date: date, student_roster: roster, source: "page" }
    })))
    .then(job => watch(job.job_id, classId));
});

function watch(id, classId) {
  return call("GET", "/v1/jobs/" + id).then(job => {
    say("Job " + id + ": " + job.status + ", " + job.scored_count + " of " + job.student_count + " pupils"
      + (job.error === "" ? "" : ": " + job.error));
    if (job.status === "succeeded") {
      return showClass(classId);
    }
    if (["failed", "partial", "cancelled"].includes(job.status)) {
      return null;
    }
    return new Promise(resolve => setTimeout(resolve, 500)).then(() => watch(id, classId));
  });
}

function showClass(classId) {
  return call("GET", "/v1/classes/" + encodeURIComponent(classId) + "/dashboard").then(board => {
    const list = byId("pupils");
    list.replaceChildren();
    board.students.forEach(student => {
      const button = add(add(list, "li", ""), "button", student.name);
      button.type = "button";
      button.addEventListener("click", () => {
        showPupil(student).catch(error => say("That did not work: " + error.message));
      });
    });
  });
}

function showPupil(student) {
  return call("GET", "/v1/assessments/" + student.student_id).then(latest => Promise.all([
    call("GET", "/v1/evidence/" + latest.assessment_id),
    call("GET", "/v1/evidence/" + latest.assessment_id + "/lines")
  ]).then(read => show(student, latest, read[0], read[1])));
}

function show(student, latest, evidence, lines) {
  byId("pupil-title").textContent = student.name + ", " + latest.assessed_on;
  const scores = byId("scores");
  scores.replaceChildren();
  skills.forEach(skill => {
    const row = add(scores, "tr", "");
    add(row, "th", skill.replace("_", " ")).scope = "row";
    add(row, "td", latest[skill] === null ? "–" : String(latest[skill]));
    add(row, "td", latest[skill] === null ? "–" : String(latest["confidence_" + skill]));
  });
  const list = byId("lines");
  list.replaceChildren();
  lines.forEach(line => {
    const item = add(list, "li", "line " + line.line_number + ": ");
    mark(item, line.text, evidence.filter(quote => quote.line_number === line.line_number));
  });
  byId("pupil").hidden = false;
  byId("pupil-title").focus();
}

// Offsets count code points, as an array of them does.
function mark(item, text, quotes) {
  const points = Array.from(text);
  quotes.sort((a, b) => a.start_offset - b.start_offset);
  let at = 0;
  quotes.forEach(quote => {
    if (quote.start_offset < at) {
      return;
    }
    item.appendChild(document.createTextNode(points.slice(at, quote.start_offset).join("")));
    const marked = add(item, "mark", points.slice(quote.start_offset, quote.end_offset).join(""));
    marked.title = quote.skill.replace("_", " ");
    at = quote.end_offset;
  });
  item.appendChild(document.createTextNode(points.slice(at).join("")));
}
