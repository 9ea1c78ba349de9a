// Articles as citations after GB/T 7714—2015 and as rows of a table (RFC 4180), for the search page's lists.
window.jianbao = window.jianbao || {};

jianbao.citation = (function () {
  "use strict";

  const HEADS = ["期", "日期", "标题", "栏目", "工作组", "主题", "地点", "地址"];
  const KIND_NAMES = { feature: "要目", brief: "动态" };
  // A cell that a spreadsheet would take for a formula is data from a bulletin: it gets an apostrophe.
  const FORMULA = /^[=+\-@\t\r]/;

  // A number as citations have it: 20, 5/6 (the numbers of a merged issue are parted by a slash), 增刊1.
  const LABEL = /^(\d+)年(增刊)?第(.+?)期(合刊)?$/;

  // 编发单位. 题名[J]. 刊名, 年(期). With an address on a server it is an online source: [J/OL], 引用日期, 地址.
  // The same form as in scripts/jianbao/site/citations.py, which names the rules.
  function gbt7714(found, address, today) {
    const issue = found.issue;
    const parts = LABEL.exec(issue.label);
    const number = parts[1] + "(" + (parts[2] || "") + parts[3].replace(/、/g, "/") + ")";
    const author = issue.issuer ? issue.issuer + ". " : "";
    const medium = address ? "[J/OL]. " : "[J]. ";
    const online = address ? "[" + today + "]. " + address : "";
    return author + found.article.titles[0] + medium + issue.title + ", " + number + online + ".";
  }

  function cell(text) {
    const safe = FORMULA.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  // The table as text; it begins with a byte order mark, without which Excel takes it for GBK.
  function csv(rows, addressOf) {
    const lines = rows.map(function (found) {
      const article = found.article;
      return [
        found.issue.label, found.issue.date || "", article.titles[0], KIND_NAMES[article.kind],
        article.groups.join("、"), article.themes.join("、"), article.places.join("、"), addressOf(found),
      ].map(cell).join(",");
    });
    return "\ufeff" + [HEADS.join(",")].concat(lines).join("\r\n") + "\r\n";
  }

  return { KIND_NAMES: KIND_NAMES, csv: csv, gbt7714: gbt7714 };
})();
