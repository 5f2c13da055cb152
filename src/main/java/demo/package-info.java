/**
 * A Zoom that runs in this process, for the demo and for tests: it follows the contract on outside
 * services, its unpleasant parts above all. Nothing that serves a school reaches this package.
 */
package demo;
