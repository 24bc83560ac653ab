
(function () {
  "use strict";
  var boxes = document.querySelectorAll(".filter input");
  function apply(box) {
    var section = document.getElementById(box.getAttribute("data-document"));
    var key = box.getAttribute("data-severity");
    if (section) section.classList.toggle("hide-" + key, !box.checked);
  }
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    var severity = target && target.getAttribute("data-severity");
    if (!severity) return;
    for (var i = 0; i < boxes.length; i++) {
      if (boxes[i].getAttribute("data-severity") === severity && !boxes[i].checked) {
        boxes[i].checked = true;
        apply(boxes[i]);
      }
    }
    target.scrollIntoView();
  }
  for (var i = 0; i < boxes.length; i++) {
    boxes[i].addEventListener("change", function () { apply(this); });
    apply(boxes[i]);
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
