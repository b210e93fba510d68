(function dsbuilder(attr) {
  return ["jdbc:postgresql://" + attr[connectionHelper.attributeServer] + ":" + attr[connectionHelper.attributePort] + "/"];
});
