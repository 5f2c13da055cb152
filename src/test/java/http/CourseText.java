package http;

/** A text that a course can be made of. */
final class CourseText {
  private CourseText() {}

  static final String RIVERS =
      """
      How a river begins

      A river begins where water gathers on high ground. Rain and melting snow run down the slope and join in small channels. \
      A spring is a place where groundwater comes out of the rock. The beginning of a river is called its source. \
      The land that sends its water to one river is called the drainage basin. The line between two drainage basins is called the watershed. \
      A small stream that joins a larger river is called a tributary. The place where two rivers meet is called the confluence. \
      In the mountains the channel is narrow and steep, and the water moves quickly between large stones. \
      The speed of the water depends on the slope, the depth of the channel and the roughness of the bed. \
      Geographers measure the discharge of a river in cubic metres per second. Discharge grows after heavy rain and falls in a dry summer.

      Erosion and transport

      Moving water wears away the rock beneath it, and this process is called erosion. Hydraulic action is the force of the water itself against the banks. \
      Abrasion happens when stones carried by the river scrape the bed like sandpaper. Attrition is the process by which stones hit each other and become smaller and rounder. \
      Solution is the process by which water dissolves rocks such as limestone. The material that a river carries is called its load. \
      Large stones roll along the bed, and this movement is called traction. Small stones jump along the bed, and this movement is called saltation. \
      Fine clay floats in the water, and geographers call this suspension. A faster river can carry larger stones than a slow river. \
      Erosion makes a V-shaped valley in the mountains because the river cuts down into the rock. \
      A waterfall forms where hard rock lies above soft rock. The soft rock wears away first, and the hard rock breaks and falls.

      Meanders and floodplains

      In its middle course a river flows across gentler land and begins to bend. A bend in a river is called a meander. \
      The water moves fastest on the outside of a meander and erodes the bank there. The water moves slowly on the inside of a meander and drops sand and gravel. \
      Over many years the meander grows until its neck becomes very narrow. During a flood the river may cut through the neck and leave an oxbow lake. \
      The flat land beside a river is called the floodplain. When the river floods, it spreads fine mud called alluvium over the floodplain. \
      Alluvium makes the soil rich, so farmers have grown crops on floodplains for thousands of years. \
      A levee is a natural bank of coarse material that floods build beside the channel. Engineers also build levees to protect towns from floods.

      Where a river ends

      The place where a river flows into the sea or a lake is called its mouth. At the mouth the water slows down and drops its load, and this process is called deposition. \
      A delta is an area of new land that a river builds at its mouth. The river divides into smaller channels called distributaries as it crosses the delta. \
      An estuary is a wide river mouth where fresh water mixes with salt water from the tides. \
      Many large cities stand beside estuaries because ships can reach them from the sea. \
      Dams change a river because they hold back water and sediment. When less sediment reaches the sea, a delta can sink and the coast can retreat. \
      People use rivers for drinking water, transport, farming and electricity, so engineers must plan carefully for the whole drainage basin.
      """;
}
